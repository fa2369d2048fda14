/**
 * Rules about namespaces and jobs, the alerts of those that are broken, and what people are told as it happens. Start reading at
 * {@link io.triport.manager.alert.Watch}.
 */
@NullMarked
package io.triport.manager.alert;

import org.jspecify.annotations.NullMarked;
