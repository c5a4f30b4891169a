// Nothing of Expat needs repair; the header stands here so that the module has one of its own.
#pragma once

#include <expat.h>
