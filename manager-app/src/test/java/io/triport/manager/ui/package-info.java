@NullMarked
package io.triport.manager.ui;

import org.jspecify.annotations.NullMarked;
