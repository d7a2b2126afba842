/** A real API server and etcd on this machine: where the programs come from, and their life. */
@NullMarked
package io.cloudlet.standalone.kubernetes;

import org.jspecify.annotations.NullMarked;
