//! The company's terms as one pure function. Floor F1.
