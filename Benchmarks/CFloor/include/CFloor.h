// The least that C needs for the same questions: what clipcheck's own reading is measured against.
#pragma once

// Opens `path`, sends its first video packet through the codec's parser. Returns the picture's width, or -1.
int floor_header(const char *path);

// Opens `path` and reads every packet. Returns their number, or -1.
long floor_walk(const char *path);

// CPU time of the calling thread in microseconds.
double floor_thread_microseconds(void);
