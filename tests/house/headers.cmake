# connlab_headers(TARGET ROOT FLAGS_TARGET): object libraries, not part of `all`, that compile each header below ROOT alone.
#
# What sees Asio costs seconds a file, so for those headers Asio and Beast themselves stand in a precompiled header; each is
# still alone among ours.
function(connlab_headers target root flags)
  set(alone)
  set(with_asio)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${root}/sim/*.hpp ${root}/certs/*.hpp ${root}/tools/*.hpp)
  foreach(header ${headers})
    file(RELATIVE_PATH name ${root} ${header})
    set(source ${CMAKE_CURRENT_BINARY_DIR}/${target}/${name}.cpp)
    # Twice, for a guard that is missing.
    file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${name}\"\n#include \"${name}\"\n")
    file(STRINGS ${header} asio REGEX "^#include *(<boost/(asio|beast)|\"sim/net/)")
    if(asio)
      list(APPEND with_asio ${source})
    else()
      list(APPEND alone ${source})
    endif()
  endforeach()

  add_custom_target(${target})
  foreach(group alone with_asio)
    if(${group})
      add_library(${target}_${group} OBJECT EXCLUDE_FROM_ALL ${${group}})
      target_link_libraries(${target}_${group} PRIVATE ${flags})
      target_compile_options(${target}_${group} PRIVATE -O0 -g0 -fno-sanitize=all)
      add_dependencies(${target} ${target}_${group})
    endif()
  endforeach()
  if(with_asio)
    target_precompile_headers(${target}_with_asio PRIVATE <boost/asio.hpp> <boost/asio/ssl.hpp> <boost/beast.hpp>)
  endif()
endfunction()
