#include "browser.h"

#include <algorithm>

#if defined(_WIN32)
#include <windows.h>
#include <shellapi.h>
#else
#include "process.h"
#endif

namespace continuo {

bool is_page_of_this_machine(std::string_view address) noexcept {
  constexpr std::string_view here = "http://127.0.0.1:", usual = "/?#=&.-_~%:";
  return address.substr(0, here.size()) == here && std::all_of(address.begin(), address.end(), [&](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || usual.find(c) != usual.npos;
         });
}

std::string open_in_browser(const std::string& address) {
  if (!is_page_of_this_machine(address)) return "what the engine names is no page of this machine";
#if defined(_WIN32)
  // More than 32 means that it was done.
  const auto result = reinterpret_cast<INT_PTR>(::ShellExecuteA(nullptr, "open", address.c_str(), nullptr, nullptr, SW_SHOWNORMAL));
  return result > 32 ? "" : "the system opens no page (" + std::to_string(result) + ")";
#else
#if defined(__APPLE__)
  constexpr char opener[] = "open";
#else
  constexpr char opener[] = "xdg-open";
#endif
  detached_process browser;
  return browser.start(opener, {address}, "/dev/null");
#endif
}

}  // namespace continuo
