/**
 * Where overlays and packages of base VMs lie: files, and HTTP(S) servers with or without ranges.
 */
@NullMarked
package io.cloudlet.sidecar.store;

import org.jspecify.annotations.NullMarked;
