// Loudness after EBU R 128. Nothing of it needs repair for Swift.
#pragma once

#include <ebur128.h>
