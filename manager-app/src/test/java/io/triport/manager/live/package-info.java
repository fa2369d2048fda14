@NullMarked
package io.triport.manager.live;

import org.jspecify.annotations.NullMarked;
