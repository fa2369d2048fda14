/**
 * The files of the console: pages, scripts and pictures that a browser fetches before anybody has signed in. They are the same for
 * everybody and reach no storage. Start reading at {@link io.triport.manager.ui.ConsoleRoutes}.
 */
@NullMarked
package io.triport.manager.ui;

import org.jspecify.annotations.NullMarked;
