package dev.pushwire.api;

import dev.pushwire.broker.BrokerUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What fails in the controllers of this package; those of an application have their own ways. */
@RestControllerAdvice(basePackageClasses = ApiFailures.class)
final class ApiFailures {
    private static final Logger log = LoggerFactory.getLogger(ApiFailures.class);

    @ExceptionHandler
    ResponseEntity<Object> unavailable(BrokerUnavailableException failure) {
        ErrorResponseException problem = Problems.unavailable();
        return ApiErrors.answer(problem.getBody(), problem.getHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Object> fail(RuntimeException failure) {
        log.error("A request failed", failure);
        return ApiErrors.answer(Problems.of(HttpStatus.INTERNAL_SERVER_ERROR), HttpHeaders.EMPTY);
    }
}
