/** Where a base VM is made, who uses it, which nodes hold it. */
@NullMarked
package io.cloudlet.operator.base;

import org.jspecify.annotations.NullMarked;
