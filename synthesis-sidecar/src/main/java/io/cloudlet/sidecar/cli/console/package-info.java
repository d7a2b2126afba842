/** A person at a VM's serial console. */
@NullMarked
package io.cloudlet.sidecar.cli.console;

import org.jspecify.annotations.NullMarked;
