/** Decides: reconcilers and placement. No bytes of a VM pass here. */
@NullMarked
package io.cloudlet.operator;

import org.jspecify.annotations.NullMarked;
