@NullMarked
package io.cloudlet.standalone.bench;

import org.jspecify.annotations.NullMarked;
