/** The pages of a segment to stored bytes and back. */
@NullMarked
package io.cloudlet.sidecar.codec;

import org.jspecify.annotations.NullMarked;
