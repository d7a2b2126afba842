/** Everything on one machine: a Kubernetes API of its own, operator and agent in one process. */
@NullMarked
package io.cloudlet.standalone;

import org.jspecify.annotations.NullMarked;
