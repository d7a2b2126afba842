/** What a VM's hardware is: all that has to be equal where it is resumed. */
@NullMarked
package io.cloudlet.sidecar.machine;

import org.jspecify.annotations.NullMarked;
