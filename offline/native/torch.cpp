extern "C" __attribute__((visibility("default"))) int ot_version() { return 1; }
