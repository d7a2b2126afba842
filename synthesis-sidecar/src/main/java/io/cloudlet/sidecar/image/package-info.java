/** Pages, sparse images, memory-mapped views, zero pages, digests. */
@NullMarked
package io.cloudlet.sidecar.image;

import org.jspecify.annotations.NullMarked;
