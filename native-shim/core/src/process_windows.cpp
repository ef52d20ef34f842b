// start_lock and detached_process as Windows has them.
#include <windows.h>

#include <filesystem>
#include <system_error>

#include "process.h"

namespace continuo {

namespace {

std::wstring wide(const std::string& text) { return std::filesystem::u8path(text).wstring(); }

std::string last_error() { return std::system_category().message(static_cast<int>(::GetLastError())); }

// A word as the C runtime of the program that is started takes the command line apart: backslashes count before quotes alone.
std::wstring quoted(const std::string& word) {
  std::wstring all = L"\"";
  std::size_t backslashes = 0;
  for (const wchar_t c : wide(word)) {
    if (c == L'"') all.append(backslashes + 1, L'\\');
    backslashes = c == L'\\' ? backslashes + 1 : 0;
    all += c;
  }
  return all.append(backslashes, L'\\') + L"\"";
}

// An open file that the started process gets, and nothing else of this one.
struct inherited {
  HANDLE handle;
  explicit inherited(const std::wstring& name, DWORD access, DWORD creation) {
    SECURITY_ATTRIBUTES passed_on{sizeof passed_on, nullptr, TRUE};
    handle = ::CreateFileW(name.c_str(), access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, &passed_on, creation, FILE_ATTRIBUTE_NORMAL, nullptr);
  }
  ~inherited() {
    if (is_open()) ::CloseHandle(handle);
  }
  inherited(const inherited&) = delete;
  inherited& operator=(const inherited&) = delete;
  bool is_open() const { return handle != INVALID_HANDLE_VALUE; }
};

}  // namespace

bool start_lock::take(const std::string& path, std::string& trouble) {
  trouble.clear();
  if (file_ != nullptr) return true;
  const std::filesystem::path name = std::filesystem::u8path(path + ".start");
  std::error_code ignored;  // what cannot be made cannot be opened either
  std::filesystem::create_directories(name.parent_path(), ignored);
  const HANDLE file = ::CreateFileW(name.c_str(), GENERIC_WRITE, 0, nullptr, OPEN_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE, nullptr);
  if (file == INVALID_HANDLE_VALUE) {
    if (::GetLastError() != ERROR_SHARING_VIOLATION && ::GetLastError() != ERROR_ACCESS_DENIED) trouble = path + ".start: " + last_error();
    return false;
  }
  file_ = file;
  return true;
}

void start_lock::release() {
  if (file_ != nullptr) ::CloseHandle(file_);
  file_ = nullptr;
}

std::string detached_process::start(const std::string& program, const std::vector<std::string>& arguments, const std::string& log) {
  forget();
  const inherited out(wide(log), GENERIC_WRITE, CREATE_ALWAYS), in(L"NUL", GENERIC_READ, OPEN_EXISTING);
  if (!out.is_open() || !in.is_open()) return log + ": " + last_error();
  HANDLE both[] = {in.handle, out.handle};
  SIZE_T size = 0;
  ::InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
  std::vector<char> room(size);
  STARTUPINFOEXW how{};
  how.lpAttributeList = reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(room.data());
  if (!::InitializeProcThreadAttributeList(how.lpAttributeList, 1, 0, &size)) return last_error();
  ::UpdateProcThreadAttribute(how.lpAttributeList, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, both, sizeof both, nullptr, nullptr);
  how.StartupInfo.cb = sizeof how;
  how.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  how.StartupInfo.hStdInput = in.handle;
  how.StartupInfo.hStdOutput = how.StartupInfo.hStdError = out.handle;
  std::wstring line = quoted(program);
  for (const auto& word : arguments) line += L' ' + quoted(word);
  PROCESS_INFORMATION made{};
  const BOOL started = ::CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE,
                                        EXTENDED_STARTUPINFO_PRESENT | CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP, nullptr, nullptr,
                                        &how.StartupInfo, &made);
  const std::string wrong = started ? "" : last_error();
  ::DeleteProcThreadAttributeList(how.lpAttributeList);
  if (!started) return wrong;
  ::CloseHandle(made.hThread);
  handle_ = made.hProcess;
  id_ = static_cast<int>(made.dwProcessId);
  return "";
}

bool detached_process::lives() const { return handle_ != nullptr && ::WaitForSingleObject(handle_, 0) == WAIT_TIMEOUT; }

void detached_process::forget() {
  if (handle_ != nullptr) ::CloseHandle(handle_);
  handle_ = nullptr;
  id_ = 0;
}

}  // namespace continuo
