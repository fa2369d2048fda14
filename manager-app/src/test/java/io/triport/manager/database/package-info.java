@NullMarked
package io.triport.manager.database;

import org.jspecify.annotations.NullMarked;
