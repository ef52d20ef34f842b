// Built by windows-install under two names. robocopy.exe: adds its words to the file that WORDS names, copies nothing, and fails as
// its own does where the folder that it goes to is the one that REFUSED names. hold.exe FILE: has it open, as a program that runs.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

int main(int count, char** words) {
  if (count == 2) {
    HANDLE file = CreateFileA(words[1], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    puts(file == INVALID_HANDLE_VALUE ? "none" : "held");
    fflush(stdout);
    Sleep(60000);
    return 0;
  }
  FILE* log = fopen(getenv("WORDS"), "a");
  for (int i = 1; i < count; i++) fprintf(log, "%s ", words[i]);
  fprintf(log, "\n");
  fclose(log);
  const char* refused = getenv("REFUSED");
  return refused && strstr(words[2], refused) ? 9 : 1;
}
