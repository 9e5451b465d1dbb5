package bearing

// Version is the released version of this module.
const Version = "1.1.0"
