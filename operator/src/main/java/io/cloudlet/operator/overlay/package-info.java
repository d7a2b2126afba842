/** Where an overlay is captured or read, and who uses it. */
@NullMarked
package io.cloudlet.operator.overlay;

import org.jspecify.annotations.NullMarked;
