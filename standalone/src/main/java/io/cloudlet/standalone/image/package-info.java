/** Container images of operator and agent, made without a container runtime or a registry. */
@NullMarked
package io.cloudlet.standalone.image;

import org.jspecify.annotations.NullMarked;
