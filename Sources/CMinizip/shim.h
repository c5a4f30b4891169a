// Nothing of minizip needs repair. `../minizip` finds it with and without the folder that pkg-config names.
#pragma once

#include <minizip/unzip.h>
