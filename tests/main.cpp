#define BOOST_TEST_MODULE connlab
#include <boost/test/unit_test.hpp>
