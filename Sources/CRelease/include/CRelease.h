/// The commit that the program was built from; NULL when the build did not say.
///
/// Source: the variable CLIPCHECK_COMMIT of the build, which `make build` sets.
const char *clipcheck_commit(void);
