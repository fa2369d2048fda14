@NullMarked
package io.triport.manager.key;

import org.jspecify.annotations.NullMarked;
