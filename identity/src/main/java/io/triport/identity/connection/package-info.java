/**
 * The guards of every connection: framing, time, places at work, the orderly end. They decide which bytes are a request and
 * when it may begin; what a request means, and who may make it, is for {@code io.triport.identity.edge}, which this package
 * does not know. Start reading at {@code EdgePipeline}.
 */
@NullMarked
package io.triport.identity.connection;

import org.jspecify.annotations.NullMarked;
