/** What the operator writes into statuses, and whose turn it is to write. */
@NullMarked
package io.cloudlet.operator.status;

import org.jspecify.annotations.NullMarked;
