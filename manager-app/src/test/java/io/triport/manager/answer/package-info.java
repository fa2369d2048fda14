@NullMarked
package io.triport.manager.answer;

import org.jspecify.annotations.NullMarked;
