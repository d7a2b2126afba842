@NullMarked
package io.cloudlet.standalone.chart;

import org.jspecify.annotations.NullMarked;
