/** The manager in processes of its own, as its callers see it. Start reading at {@link io.triport.e2e.manager.JobCrashTest}. */
@NullMarked
package io.triport.e2e.manager;

import org.jspecify.annotations.NullMarked;
