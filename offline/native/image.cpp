extern "C" __attribute__((visibility("default"))) int oi_version() { return 1; }
