@NullMarked
package io.triport.manager.queue;

import org.jspecify.annotations.NullMarked;
