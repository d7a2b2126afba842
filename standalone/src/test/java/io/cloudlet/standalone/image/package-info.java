/** Tests of the container images. */
@NullMarked
package io.cloudlet.standalone.image;

import org.jspecify.annotations.NullMarked;
