package bearing

// Version is the released version of this module.
const Version = "0.1.0"
