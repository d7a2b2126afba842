@NullMarked
package io.cloudlet.sidecar.store;

import org.jspecify.annotations.NullMarked;
