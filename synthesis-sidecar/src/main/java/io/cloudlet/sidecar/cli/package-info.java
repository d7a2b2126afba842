/** The offline commands. */
@NullMarked
package io.cloudlet.sidecar.cli;

import org.jspecify.annotations.NullMarked;
