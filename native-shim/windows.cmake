# Windows from Linux, with mingw-w64. native-shim/build --windows uses it; by hand:
#   cmake -S native-shim -B build -DCMAKE_TOOLCHAIN_FILE=native-shim/windows.cmake
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)  # the one whose std::thread there is
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE BOTH)  # the formats' headers are those of this system

# A plugin carries its runtime: a host has another, or none.
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)
set(CMAKE_SHARED_LINKER_FLAGS_INIT -static)
set(CMAKE_MODULE_LINKER_FLAGS_INIT -static)

# What runs the tests.
find_program(CONTINUO_WINE NAMES wine64 wine PATHS /usr/lib/wine)
if(CONTINUO_WINE)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${CONTINUO_WINE})
endif()
