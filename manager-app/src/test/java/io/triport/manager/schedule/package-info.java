@NullMarked
package io.triport.manager.schedule;

import org.jspecify.annotations.NullMarked;
