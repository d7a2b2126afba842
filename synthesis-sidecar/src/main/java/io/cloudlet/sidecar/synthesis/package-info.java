/** Base and overlay put together: fetch, verify, decode, place; flat files, or a running VM. */
@NullMarked
package io.cloudlet.sidecar.synthesis;

import org.jspecify.annotations.NullMarked;
