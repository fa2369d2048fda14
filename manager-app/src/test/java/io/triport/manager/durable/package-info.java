/** What people and programs see of durable objects by the manager. */
@NullMarked
package io.triport.manager.durable;

import org.jspecify.annotations.NullMarked;
