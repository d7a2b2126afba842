/** Base VMs on this machine: their manifest, images and page index, and their portable packages. */
@NullMarked
package io.cloudlet.sidecar.base;

import org.jspecify.annotations.NullMarked;
