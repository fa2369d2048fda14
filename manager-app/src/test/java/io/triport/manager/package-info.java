@NullMarked
package io.triport.manager;

import org.jspecify.annotations.NullMarked;
