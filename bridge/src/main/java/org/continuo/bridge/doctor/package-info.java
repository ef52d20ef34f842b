/**
 * What {@code continuo doctor} looks at, a class each: the installation as it is found on this machine, and what to do about it.
 * Nothing here changes anything.
 */
package org.continuo.bridge.doctor;
