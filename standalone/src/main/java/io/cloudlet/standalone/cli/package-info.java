/** The commands that this module adds, and the entry point of the whole program. */
@NullMarked
package io.cloudlet.standalone.cli;

import org.jspecify.annotations.NullMarked;
