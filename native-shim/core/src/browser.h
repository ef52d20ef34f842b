// The system's browser. Link thread only: it waits for a program to be started.
#pragma once

#include <string>
#include <string_view>

namespace continuo {

// Whether it is the address of a page of this machine, and nothing that a program could take for anything else.
bool is_page_of_this_machine(std::string_view address) noexcept;

// Opens such a page. Empty if a browser was asked to, else why not.
std::string open_in_browser(const std::string& address);

}  // namespace continuo
