/** Which of several operators works. */
@NullMarked
package io.cloudlet.operator.leader;

import org.jspecify.annotations.NullMarked;
