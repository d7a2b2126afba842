/**
 * One machine's data directory: its layout, its VMs, and what is done with them on this machine.
 */
@NullMarked
package io.cloudlet.sidecar.node;

import org.jspecify.annotations.NullMarked;
