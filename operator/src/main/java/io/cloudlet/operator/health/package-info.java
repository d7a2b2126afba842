/** What the operator says of itself: health and metrics over HTTP. */
@NullMarked
package io.cloudlet.operator.health;

import org.jspecify.annotations.NullMarked;
