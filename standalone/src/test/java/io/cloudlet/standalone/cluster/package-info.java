@NullMarked
package io.cloudlet.standalone.cluster;

import org.jspecify.annotations.NullMarked;
